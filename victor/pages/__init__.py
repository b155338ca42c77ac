"""The public layout: home, the pages about the project, errors, sitemap, health."""
