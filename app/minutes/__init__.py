"""The structured record of an event, published in versions."""
