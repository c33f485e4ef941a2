"""取り出し: the files of lists that take long, on their way and ready to be taken."""
