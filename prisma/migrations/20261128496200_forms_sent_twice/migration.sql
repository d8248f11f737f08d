-- A form that is sent twice is known by a hash of what was drawn for its page together with what was written, so that
-- nobody who only knows or guesses what somebody wrote learns that it was sent. The hash of the message alone stays for the
-- desk, which sees what is alike.
alter table privacy_request_search drop constraint privacy_request_search_bounded;
alter table privacy_request_search
  add constraint privacy_request_search_bounded check (octet_length(hash) = 16
    and kind in ('name', 'email', 'message', 'form'));
