"""The Asterisk line: FastAGI server, channel, dialer."""
