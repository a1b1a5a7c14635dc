"""Rules that add, cut or leave out attributions after linking."""
