"""Requests and files that nobody would send by mistake; the same ones for the same seed."""
