"""取り出し: files of lists that are made beside the pages."""
