package dev.ha4j.totem;

/** What ring nodes say to each other. */
public sealed interface TotemMessage
        permits RegularMessage, RecoveryMessage, Token, TokenLoan, JoinMessage, CommitToken, MergeDetect, HoldCancel {}
