"""Series, editions, categories (collèges), venues and deadlines."""
