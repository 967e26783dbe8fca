-- A person is sent on for help: outside, to a provider of the directory, or inside, to another organisation of the coalition.
create table referrals (
  id uuid primary key,
  case_id uuid not null references cases,
  organisation_id uuid not null references organisations,
  version integer not null default 1,
  seal_version integer not null default 1,
  kind text not null check (kind in ('outside', 'inside')),
  -- Inside: to whom, and the case there that it was linked to.
  recipient_id uuid references organisations check (recipient_id <> organisation_id),
  recipient_case_id uuid references cases,
  state text not null default 'draft'
    check (state in ('draft', 'awaiting_consent', 'proposed', 'accepted', 'declined', 'waitlisted', 'in_progress', 'completed',
                     'withdrawn_by_client', 'withdrawn_by_provider', 'lost_contact', 'transferred')),
  answer_days integer not null check (answer_days between 1 and 365),
  due_on date,
  -- Under which consent it was shared, and until when that holds.
  consent_id uuid references consents,
  consent_until date,
  ended_by text check (ended_by in ('sender', 'recipient', 'client', 'consent')),
  ended_on date,
  sender_to_know boolean not null default false,
  recipient_to_know boolean not null default false,
  made_by uuid not null references users,
  made_on date not null default current_date,
  identity sealed not null,
  narrative sealed not null,
  facts sealed not null,
  check ((kind = 'inside') = (recipient_id is not null)),
  check ((ended_by is null) = (ended_on is null)),
  -- Whatever left the house did so under a consent.
  check (state in ('draft', 'awaiting_consent') or consent_id is not null)
);
create index referrals_by_case on referrals (case_id, made_on desc, id desc);
create index referrals_by_organisation on referrals (organisation_id, made_on desc, id desc);
create index referrals_by_recipient on referrals (recipient_id, made_on desc, id desc) where recipient_id is not null;
create index referrals_by_recipient_case on referrals (recipient_case_id) where recipient_case_id is not null;

-- Every step of a referral. `position` is the version of the referral that it made. An end that is no step of its own stands with the same state twice.
create table referral_moves (
  id uuid primary key,
  referral_id uuid not null references referrals,
  organisation_id uuid not null references organisations,
  seal_version integer not null default 1,
  position integer not null,
  from_state text not null
    check (from_state in ('draft', 'awaiting_consent', 'proposed', 'accepted', 'declined', 'waitlisted', 'in_progress', 'completed',
                          'withdrawn_by_client', 'withdrawn_by_provider', 'lost_contact', 'transferred')),
  to_state text not null
    check (to_state in ('draft', 'awaiting_consent', 'proposed', 'accepted', 'declined', 'waitlisted', 'in_progress', 'completed',
                        'withdrawn_by_client', 'withdrawn_by_provider', 'lost_contact', 'transferred')),
  ended_by text check (ended_by in ('sender', 'recipient', 'client', 'consent')),
  moved_by uuid not null references users,
  moved_on date not null default current_date,
  narrative sealed not null
);
create unique index referral_moves_by_referral on referral_moves (referral_id, position);
