-- Run once on the primary, as the superuser:
--   psql -v password="$NAMESAKE_PASSWORD" -f namesake.sql postgres
-- Namesake makes and upgrades its own tables; it needs no more than a database that is its own.
create role namesake login password :'password';
create database namesake owner namesake encoding 'UTF8' template template0;
revoke connect on database namesake from public;
