-- Runs after every migration, any number of times.

CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only';
END $$;

DROP TRIGGER IF EXISTS log_keeps_what_it_says ON log;
CREATE TRIGGER log_keeps_what_it_says BEFORE UPDATE OR DELETE ON log
FOR EACH ROW EXECUTE PROCEDURE refuse_change();

DROP TRIGGER IF EXISTS log_keeps_its_rows ON log;
CREATE TRIGGER log_keeps_its_rows BEFORE TRUNCATE ON log
FOR EACH STATEMENT EXECUTE PROCEDURE refuse_change();

CREATE TABLE IF NOT EXISTS public_search (rowid integer PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX IF NOT EXISTS public_search_words ON public_search USING gin (words);

CREATE TABLE IF NOT EXISTS staff_search (rowid integer PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX IF NOT EXISTS staff_search_words ON staff_search USING gin (words);
