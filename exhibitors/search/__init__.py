"""What text matches what text: pure functions without Django, shared by the public list, the admin and the import."""
