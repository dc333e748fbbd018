"""The rules: states, policy, process, answers, approvals; without framework or database."""
