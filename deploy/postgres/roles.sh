#!/bin/sh
# Run once by PostgreSQL's image, on an empty data folder: the two roles that README.md describes, and the database.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$SIGNALBOX_OWNER_PASSWORD" -v app="$SIGNALBOX_APP_PASSWORD" \
  --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE signalbox_owner LOGIN BYPASSRLS PASSWORD :'owner';
CREATE ROLE signalbox_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app';
CREATE DATABASE signalbox OWNER signalbox_owner;
SQL
