"""Reading and writing of files: bytes in, frozen dataclasses out, and back."""
