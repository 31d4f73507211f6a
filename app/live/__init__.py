"""The live console: one browser element fed by the stream of a drill."""
