"""What is remembered: models, queries, migrations, search and seed facts. Knows no Discord."""
