-- Where a member wants to be reminded. Sealed to the installation, not to people: the job that sends has no other key.
create table reminders (
  id uuid primary key references users,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  address sealed not null
);

-- What somebody was reminded of: the day is part of it, so that a deadline that moves is told again. 0 means overdue.
create table reminders_sent (
  user_id uuid not null references reminders on delete cascade,
  deadline_id uuid not null references deadlines on delete cascade,
  due_on date not null,
  threshold integer not null check (threshold between 0 and 30),
  primary key (user_id, deadline_id, due_on, threshold)
);
