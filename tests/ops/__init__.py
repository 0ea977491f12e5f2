"""What the host gets: the doctor, health, backups, moves."""
