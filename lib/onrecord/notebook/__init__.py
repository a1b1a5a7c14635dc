"""What a notebook shows: articles, tables, filters, forms, checks of the set-up."""
