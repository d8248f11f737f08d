-- Lists of one source, one severity and of threats walked all incidents, newest first, to find the few that they show.
create index incident_standing_source_idx on incident_standing (source, opened_at desc, incident_id);
create index incident_standing_severity_idx on incident_standing (severity, opened_at desc, incident_id);
create index incident_standing_threat_idx on incident_standing (opened_at desc, incident_id) where sort = 'threat';
-- Kind, state and appetite hang together. Taken for independent, the open risks over their appetite were expected to be
-- a few dozen, and all of them were read and sorted for each page of them.
create statistics resilience_current_standing_stats (mcv) on kind, over, retired, state from resilience_current;
analyze resilience_current;
