"""Publishing: drafts, reviews and public versions of texts, in each language by itself."""
