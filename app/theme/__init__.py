"""Looks and fixed options of the console: Streamlit's settings, colours, the page's style sheet."""
