"""What the server does around the pages: headers, compression, downloads, health."""
