-- What was handed over with a referral inside the coalition, as it was then: readable to the sender's team and, until the referral ends, to the recipient.
create table referral_packages (
  id uuid primary key,
  referral_id uuid not null unique references referrals,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  sent_by uuid not null references users,
  sent_on date not null default current_date,
  identity sealed not null,
  narrative sealed not null,
  facts sealed not null
);
