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

-- Statistics would keep samples of what people wrote, where no erasure reaches them.
ALTER TABLE public_search ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE staff_search ALTER COLUMN words SET STATISTICS 0;
ALTER TABLE comments ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN wording SET STATISTICS 0, ALTER COLUMN quote SET STATISTICS 0;
ALTER TABLE versions ALTER COLUMN body SET STATISTICS 0, ALTER COLUMN wording SET STATISTICS 0, ALTER COLUMN quote SET STATISTICS 0;
ALTER TABLE appeals ALTER COLUMN grounds SET STATISTICS 0, ALTER COLUMN answer SET STATISTICS 0;
ALTER TABLE decisions ALTER COLUMN note SET STATISTICS 0;
ALTER TABLE votes ALTER COLUMN note SET STATISTICS 0;
ALTER TABLE reopenings ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE intakes ALTER COLUMN reference SET STATISTICS 0;
ALTER TABLE clause_words ALTER COLUMN words SET STATISTICS 0;
