"""What editors do with content files beside writing in them: begin one, take one down, list who wrote. Changes files under the content folder alone."""
