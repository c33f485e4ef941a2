"""保存と廃棄: the room of who guards the data and who manages. To all others it does not exist."""
