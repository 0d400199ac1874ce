-- How alike two sets of words are: common over all (Jaccard). Null where one is not known.
create function assay_likeness(a integer[], b integer[]) returns double precision language sql immutable strict as $$
  select case when cardinality(a) + cardinality(b) = 0 then null
    else c.n::float8 / (cardinality(a) + cardinality(b) - c.n) end
  from (select count(*) as n from unnest(a) as w(word) where w.word = any(b)) as c
$$;
