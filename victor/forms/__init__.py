"""Form fields for what people write in their own way: numbers and dates."""
