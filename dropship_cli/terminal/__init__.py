"""How things are shown: tables, JSON, progress, languages; knows the domain and nothing of how it is stored."""
