-- Runs after every migration, any number of times.

DROP TRIGGER IF EXISTS log_keeps_what_it_says;
CREATE TRIGGER log_keeps_what_it_says BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

DROP TRIGGER IF EXISTS log_keeps_its_rows;
CREATE TRIGGER log_keeps_its_rows BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- The words come cut into pairs of characters; the ascii tokenizer takes every other character as part of a word,
-- also those that are younger than this SQLite. Nothing but the index is kept: a sixth of what it is with the words.
CREATE VIRTUAL TABLE IF NOT EXISTS public_search
USING fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');

CREATE VIRTUAL TABLE IF NOT EXISTS staff_search
USING fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii');
