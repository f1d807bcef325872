"""Checks by code what a finding says, before anyone sees it."""
