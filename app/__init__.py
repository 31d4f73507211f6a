"""The console: server, HTTP routes, Streamlit pages and command line. No rule of a drill lives here."""
