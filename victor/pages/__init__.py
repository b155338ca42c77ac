"""The public shell: home, the pages about the project, errors, sitemap, health."""
