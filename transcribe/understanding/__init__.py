"""From the words of a message to the facts of a card: where, what about, how urgent, who said it."""
