-- Makes the chain if it is new, and holds it until the transaction ends.
insert into chain (chain, length, head) values ($1, 0, '')
on conflict (chain) do update set length = chain.length
returning length, head
