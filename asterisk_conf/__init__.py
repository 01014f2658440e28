"""The Asterisk configuration we ship, and the installer of Asterisk itself."""
