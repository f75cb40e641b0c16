truncate reading.case_study;
delete from reading.case_file where number like 'BENCH-%';
truncate archive.patient cascade;
