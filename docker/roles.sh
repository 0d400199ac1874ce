#!/bin/sh
# Run once by PostgreSQL's image, after database.sql: lets the roles in. compose.yaml gives the password.
set -eu
for service in ingest quality cost alert; do
  for kind in owner writer reader; do
    psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v password="$ASSAY_ROLES_PASSWORD" <<SQL
alter role ${service}_${kind} login password :'password';
SQL
  done
done
