"""The workbench: files in, four tabs of charts and tables, downloads out; no code."""
