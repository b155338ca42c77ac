"""Which languages a thing is published in, and which text stands in where one lacks."""
