"""Tests of what all features stand on."""
