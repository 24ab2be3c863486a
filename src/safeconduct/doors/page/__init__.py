"""Shared by the doors made of pages: who may open one, words for people, fields for facts."""
