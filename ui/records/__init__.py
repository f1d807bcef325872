"""What is written down of requests and answers: log lines and metrics, without what was asked and by whom."""
