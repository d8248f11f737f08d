-- A copy for a person says of which breaches they stood on the list: who was taken off is found by their id as well.
create index privacy_breach_taken_off_person_idx on privacy_breach_taken_off (person_id);
