-- Of which tasks somebody was reminded, as reminders_sent tells it of deadlines.
create table reminders_sent_of_tasks (
  user_id uuid not null references reminders on delete cascade,
  paper_id uuid not null references papers on delete cascade,
  due_on date not null,
  threshold integer not null check (threshold between 0 and 30),
  primary key (user_id, paper_id, due_on, threshold)
);
