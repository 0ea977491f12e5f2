"""One room for each thing people do in the server. A cog never imports another cog."""
