-- Tokens of names are made in another way: the next searches and sweeps write them anew.
delete from name_tokens;
update case_persons set tokens_version = 0;
