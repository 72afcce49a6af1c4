"""The only writers of the product's tables: keyword-only, atomic, refusing with product errors.

Order of locks, for all of them: workspace, group, member, account.
"""
