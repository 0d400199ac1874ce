-- assay.control.v1.Capacity: what the project's calls may use. Null: nobody has said.
alter table project add column capacity bytea;
