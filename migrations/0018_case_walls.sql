-- Who is kept out of a case whatever their roles: never on its team, and blind to it.
create table case_walls (
  case_id uuid not null references cases,
  user_id uuid not null references users,
  organisation_id uuid not null references organisations,
  raised_by uuid not null references users,
  raised_on date not null default current_date,
  primary key (case_id, user_id)
);
create index case_walls_by_user on case_walls (user_id);
