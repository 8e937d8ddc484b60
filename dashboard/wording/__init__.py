"""What is read: the languages, and words, numbers, dates and feed text as each shows them."""
