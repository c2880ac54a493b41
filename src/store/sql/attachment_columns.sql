line, sha256, name, bytes, added_on, note
