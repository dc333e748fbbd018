"""The rules: states, policy, process, answers, approvals, links and trace, without framework or database."""
